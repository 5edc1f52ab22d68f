import { createTheme, type ComboboxProps, type CSSVariablesResolver, type MantineColorsTuple, type MultiSelectProps, type SelectProps } from '@mantine/core';
import i18next from 'i18next';

/** Deep teal: the one accent. White on shades 6 and 7 passes AA; as text on dark, the tokens have a lighter one. */
const teal: MantineColorsTuple = [
  '#eaf6f5', '#d0e9e7', '#a3d3cf', '#73bcb6', '#4ba59e', '#2d8f88', '#1a7a74', '#0e6661', '#0a534f', '#07403d',
];
const warmGray: MantineColorsTuple = [
  '#faf9f7', '#f4f2ef', '#eae7e2', '#dcd8d1', '#c6c1b8', '#a7a197', '#7d776d', '#5f5a52', '#3e3a35', '#24211d',
];
const warmDark: MantineColorsTuple = [
  '#ece9e3', '#cbc6bd', '#aca69c', '#857f76', '#45413b', '#322f2a', '#262420', '#1a1916', '#141311', '#0e0d0c',
];
const red: MantineColorsTuple = [
  '#fdf0ee', '#fbdcd8', '#f5b5ad', '#f2938a', '#f17d72', '#d9483b', '#c63226', '#b42318', '#93190f', '#741109',
];

/** A list of choices at its tallest, and the least of it that is worth opening, in px. */
const LIST = 240;
const FEW_LINES = 140;
const LIST_HEIGHT = `calc(var(--pd-list, ${FEW_LINES}px) - 12px)`;

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray: warmGray, dark: warmDark, red },
  black: '#24211d',
  defaultRadius: 6,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Asked for when it is shown: the language is not known before, and may change.
    Notification: { defaultProps: () => ({ closeButtonProps: { 'aria-label': i18next.t('common.close') } }) },
    // A list opens below its field where a few lines have room there, and grows as far as there is room: above, it lies over what was filled in.
    Combobox: {
      defaultProps: {
        middlewares: {
          size: {
            padding: 8,
            apply: ({ availableHeight, elements }) => elements.floating.style.setProperty('--pd-list', `${Math.max(FEW_LINES, Math.min(LIST, availableHeight))}px`),
          },
        },
      } satisfies Partial<ComboboxProps>,
    },
    Select: { defaultProps: { maxDropdownHeight: LIST_HEIGHT } satisfies Partial<SelectProps> },
    MultiSelect: { defaultProps: { maxDropdownHeight: LIST_HEIGHT } satisfies Partial<MultiSelectProps> },
    // On a phone a page that scrolls to its field would hide what the field offers.
    Popover: { defaultProps: { hideDetached: false } },
    // The first item is in focus instead: a screen reader has nothing to say about a placeholder.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** The parts' own variables follow the house tokens of styles/tokens.css, so that one place decides on light and dark. */
export const variables: CSSVariablesResolver = () => {
  const house = {
    '--mantine-color-body': 'var(--pd-body)',
    '--mantine-color-text': 'var(--pd-text)',
    '--mantine-color-dimmed': 'var(--pd-dim)',
    '--mantine-color-default': 'var(--pd-surface)',
    '--mantine-color-default-hover': 'var(--pd-hover)',
    '--mantine-color-default-border': 'var(--pd-line-strong)',
    '--mantine-color-placeholder': 'var(--pd-dim)',
    '--mantine-color-error': 'var(--pd-red)',
    '--mantine-color-anchor': 'var(--pd-accent)',
  };
  return { variables: {}, light: house, dark: house };
};
