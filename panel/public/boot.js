// Before the first paint: the colour scheme, the language and the brand colours of the last visit.
(() => {
    try {
        const scheme = localStorage.getItem('panel.scheme');
        const dark =
            scheme === 'dark' ||
            (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
        document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
        const brand = localStorage.getItem('panel.brand');
        if (!brand) return;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(brand);
        document.adoptedStyleSheets = [sheet];
        window.brandSheet = sheet;
    } catch {
        document.documentElement.dataset.mantineColorScheme ??= 'light';
    }
})();
