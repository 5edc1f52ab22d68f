import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';
import icon from '../icon.svg';
import alertIcon from './icon-alert.svg';

let page = '';
let waiting = 0;

/** The tab's name: the page and the organisation, never anything about a person. */
export function useTitle(name: string, me?: Me): void {
  const { t } = useTranslation();
  const organisation = me?.organisation?.name ?? t('product');
  useEffect(() => {
    page = `${name} · ${organisation}`;
    write();
  }, [name, organisation]);
}

/** How many alarms nobody has taken: `(2!)` before the tab's name and a mark on its icon, seen from any other tab. */
export function useAlarmBadge(count: number): void {
  useEffect(() => {
    waiting = count;
    write();
    return () => {
      waiting = 0;
      write();
    };
  }, [count]);
}

function write(): void {
  document.title = waiting > 0 ? `(${waiting}!) ${page}` : page;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = waiting > 0 ? alertIcon : icon;
  if (link && link.getAttribute('href') !== wanted) link.setAttribute('href', wanted);
}
