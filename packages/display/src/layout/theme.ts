/** Colours of a picture, and how dense it is. */
export interface Theme {
  readonly background: string;
  /** Background of the axes. */
  readonly panel: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  /** Pixels without value. */
  readonly bad: string;
  /** Whether the background is dark. Default: false. */
  readonly isDark?: boolean;
  /** Smaller margins and labels, for pictures within a page that names them. Default: false. */
  readonly isCompact?: boolean;
}

export type ThemeName = 'light' | 'dark';

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: '#ffffff',
    panel: '#ffffff',
    text: '#222222',
    faint: '#777777',
    grid: '#dddddd',
    bad: '#c4c4c4',
  },
  dark: {
    background: '#16181d',
    panel: '#1e2128',
    text: '#e6e6e6',
    faint: '#9a9a9a',
    grid: '#3a3f4a',
    bad: '#555a66',
    isDark: true,
  },
};

/** The colours of a theme by its name. */
export function themeOf(theme: ThemeName | Theme): Theme {
  return typeof theme === 'string' ? THEMES[theme] : theme;
}

/** Font sizes, CSS pixels. */
export const FONT_SIZE = { title: 15, label: 13, tick: 12, small: 11 } as const;
