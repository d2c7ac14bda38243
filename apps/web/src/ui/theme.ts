import { create } from 'zustand';

export type Theme = 'light' | 'dark' | 'system';

interface ThemeState {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const storageKey = 'weft.theme';

/** The theme of this browser. `/theme.js` has applied it before the first paint. */
export const useTheme = create<ThemeState>()((set) => ({
  theme: remembered(),
  setTheme: (theme) => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    remember(theme);
    set({ theme });
  },
}));

function remembered(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch (error) {
    console.info('Weft cannot remember the theme in this browser.', error);
  }
}
