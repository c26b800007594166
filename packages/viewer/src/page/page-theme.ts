import type { Theme } from '@cherenkit/display';
import type { PageState } from './page-state.js';

/** Colours of pictures: those of the panels of the page. */
const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    background: '#ffffff',
    panel: '#fbfcfd',
    text: '#28323c',
    faint: '#6a7682',
    grid: '#dfe4ea',
    bad: '#c4cad1',
    isCompact: true,
  },
  dark: {
    background: '#141a21',
    panel: '#10151b',
    text: '#c6d0da',
    faint: '#8593a1',
    grid: '#2b3540',
    bad: '#4b5663',
    isCompact: true,
  },
};

/** Colours of the waveforms, and of their pixels in the camera: legible on light, on dark and on colour maps. */
const TRACES = ['#f28e2b', '#4e9de6', '#3fae5a', '#e8599b', '#9a7bea', '#14b8a6', '#e5484d', '#b8860b'] as const;

export function traceColor(index: number): string {
  return TRACES[index % TRACES.length];
}

export function pageTheme(theme: PageState['theme']): Theme {
  return THEMES[isDark(theme) ? 'dark' : 'light'];
}

function isDark(theme: PageState['theme']): boolean {
  return theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
