import { Kbd, Modal, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './board.module.css';

const KEYS = [
  ['N', 'new'], ['J', 'down'], ['K', 'up'], ['Enter', 'open'], ['A', 'assign'], ['R', 'reOffer'], ['E', 'escalate'], ['X', 'cancel'], ['U', 'undo'], ['/', 'search'], ['?', 'help'],
] as const;

/** Single keys can be switched off: speech input and a slipping hand press them by accident (WCAG 2.1.4). */
export function KeyHelp({ opened, onClose, on, onSwitch }: { opened: boolean; onClose: () => void; on: boolean; onSwitch: (on: boolean) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="sm" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="pd-dim">{t('keys.selected')}</p>
      <dl className={styles.keys}>
        {KEYS.map(([key, what]) => (
          <div key={key}><dt><Kbd>{key}</Kbd></dt><dd>{t(`keys.${what}`)}</dd></div>
        ))}
      </dl>
      <Switch checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} label={t('keys.switch')} />
    </Modal>
  );
}
