// The open menu closes with Escape, a click elsewhere and when the focus leaves it. Without this script it closes by its own button.
const drawer = document.querySelector('.drawer');
if (drawer) {
  const close = () => { drawer.open = false; };
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && drawer.open) {
      close();
      drawer.querySelector('summary').focus();
    }
  });
  addEventListener('pointerdown', (event) => {
    if (drawer.open && !drawer.contains(event.target)) close();
  });
  drawer.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !drawer.contains(event.relatedTarget)) close();
  });
}
