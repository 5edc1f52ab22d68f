import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './locales/en.json';
import es from './locales/es.json';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
const REMEMBERED = 'pd.language';

export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, es: { translation: es } },
    lng: remembered() ?? preferred(),
    fallbackLng: 'en',
    supportedLngs: LANGUAGES,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language();
}

export function language(): Language {
  return i18next.resolvedLanguage === 'es' ? 'es' : 'en';
}

export async function speak(chosen: Language): Promise<void> {
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
