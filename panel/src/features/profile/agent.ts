/** 'Firefox, Linux' out of a user agent: enough to know one's own devices again. */
const BROWSERS: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\/|Chromium\/|CriOS\//, 'Chrome'],
    [/Safari\//, 'Safari'],
    [/^curl\//, 'curl'],
];
const SYSTEMS: [RegExp, string][] = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X|Macintosh/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
];

const first = (list: [RegExp, string][], agent: string) =>
    list.find(([sign]) => sign.test(agent))?.[1] ?? '';

export function agentOf(agent: string) {
    return {
        browser: first(BROWSERS, agent),
        system: first(SYSTEMS, agent),
        mobile: /Mobile|Android|iPhone/.test(agent),
    };
}
