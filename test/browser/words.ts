import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type TFunction } from 'i18next';
import type { Page } from 'playwright-core';

export type Language = 'en' | 'es';
type Catalogue = { readonly [key: string]: string | Catalogue };
const LOCALES = join(import.meta.dirname, '../../src/web/locales');

const catalogue = (language: Language): Catalogue => Object.assign({}, ...readdirSync(join(LOCALES, language)).map((file) => JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as Catalogue)) as Catalogue;
const catalogues = { en: catalogue('en'), es: catalogue('es') };
const spoken = i18next.createInstance();
await spoken.init({
  resources: { en: { translation: catalogues.en }, es: { translation: catalogues.es } }, lng: 'en', fallbackLng: false, interpolation: { escapeValue: false },
});

/** What the pages say in a language, looked up where they look it up: `words('es')('peer.accept')`. */
export const words = (language: Language): TFunction => spoken.getFixedT(language);

/** A sentence of the catalogue with anything in its gaps, as a whole or, `within`, in the middle of more. */
export function like(t: TFunction, key: string, within: 'whole' | 'within' = 'whole'): RegExp {
  const sentence = t(key, { skipInterpolation: true, count: 2 }).replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\{\w+\}\}/g, '.+');
  return within === 'whole' ? new RegExp(`^${sentence}$`) : new RegExp(sentence);
}

const keyLike = new RegExp(`(?<![@.\\w-])(${Object.keys(catalogues.en).join('|')})\\.[a-z][\\w-]*(\\.[\\w-]+)*`, 'g');
const keys = new Set(leaves(catalogues.en).flatMap((key) => [key, key.replace(/_\w+$/, '')]));
const branches = new Set([...keys].flatMap((key) => key.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.'))));

/** Keys that stand on the page, or would be read out, instead of what they mean; and gaps that nothing was put into. */
export async function untranslated(page: Page): Promise<string[]> {
  const said = await page.evaluate<string>(`[document.title, document.body.innerText,
    ...[...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')].flatMap((each) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => each.getAttribute(name) ?? ''))].join('\\n')`);
  const bare = [...said.matchAll(keyLike)].map(([key]) => key).filter((key) => keys.has(key) || branches.has(key.slice(0, key.lastIndexOf('.'))));
  return [...bare, ...(said.match(/\{\{\w+\}\}|\bundefined\b|\bNaN\b|\[object \w+\]/g) ?? [])];
}

function leaves(node: Catalogue, path = ''): string[] {
  return Object.entries(node).flatMap(([key, value]) => (typeof value === 'string' ? [path + key] : leaves(value, `${path}${key}.`)));
}
