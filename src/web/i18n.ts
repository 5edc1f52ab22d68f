import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Only the words that are spoken are loaded. */
const CATALOGUES = { en: () => import('./locales/en.js'), es: () => import('./locales/es.js') };
/** Those of more pages: `desk` is everybody's but the peers', `own` the peers' quiet ones, which a phone at night need not load. */
const MORE_CATALOGUES = {
  desk: { en: () => import('./locales/en-desk.js'), es: () => import('./locales/es-desk.js') },
  own: { en: () => import('./locales/en-own.js'), es: () => import('./locales/es-own.js') },
};
type More = keyof typeof MORE_CATALOGUES;
const opened = new Set<More>();
const REMEMBERED = 'pd.language';

let started: Promise<void> | undefined;
/** Again is harmless: a page that is opened by its address asks for its words before anything is shown. */
export function startTranslations(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  const spoken = remembered() ?? preferred();
  await i18next.use(initReactI18next).init({
    resources: { [spoken]: { translation: (await CATALOGUES[spoken]()).default } },
    lng: spoken,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language();
}

/** Before a page that is no peer's is shown; again is harmless. */
export const loadDeskWords = (): Promise<null> => loadMore('desk');
/** Before one of a peer's quiet pages is shown. */
export const loadOwnWords = (): Promise<null> => loadMore('own');

async function loadMore(more: More): Promise<null> {
  opened.add(more);
  await startTranslations();
  await addWords(more, language());
  return null;
}

async function addWords(more: More, spoken: Language): Promise<void> {
  i18next.addResourceBundle(spoken, 'translation', (await MORE_CATALOGUES[more][spoken]()).default, true);
}

export function language(): Language {
  return i18next.resolvedLanguage === 'es' ? 'es' : 'en';
}

export async function speak(chosen: Language): Promise<void> {
  i18next.addResourceBundle(chosen, 'translation', (await CATALOGUES[chosen]()).default, true);
  for (const more of opened) await addWords(more, chosen);
  localStorage.setItem(REMEMBERED, chosen);
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
}

function remembered(): Language | undefined {
  return LANGUAGES.find((each) => each === localStorage.getItem(REMEMBERED));
}

function preferred(): Language {
  const first = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'es');
  return first === 'es' ? 'es' : 'en';
}
