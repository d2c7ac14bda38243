// Applies the theme chosen in this browser before anything is painted; `system` follows the operating system.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('weft.theme');
  } catch (error) {
    // Storage can be switched off; then the operating system decides.
    console.info('Weft cannot remember the theme in this browser.', error);
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
