import { Button, Kbd, Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Programme } from '../api/types.js';
import { language } from '../i18n.js';
import icon from '../icon.svg';
import { Icon } from '../parts/icons.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { clockTime } from '../time/format.js';
import { Elapsed, Running, serverNow } from '../time/now.js';
import styles from './board.module.css';
import type { Summary } from './filter.js';
import { SoundSwitch } from './sound-switch.js';

export function BoardHeader({ programmes, programmeId, onProgramme, summary, onKeys, onNote }: {
  programmes: readonly Programme[];
  programmeId: string | null;
  onProgramme: (id: string | null) => void;
  summary: Summary | null;
  onKeys: () => void;
  onNote: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <img src={icon} alt="" width={24} height={24} />
        <h1>{me.organisation?.name ?? t('product')}</h1>
        <DemoBadge demo={me.organisation?.demo} />
      </div>
      <label className={styles.programme}>
        <span className="pd-hidden">{t('board.programme')}</span>
        <select value={programmeId ?? ''} onChange={(event) => onProgramme(event.currentTarget.value || null)}>
          <option value="">{t('board.allProgrammes')}</option>
          {programmes.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
        </select>
      </label>
      <p className={styles.summary}>
        {summary && (
          <>
            <span><strong className="pd-figures">{summary.open}</strong> {t('board.open', { count: summary.open })}</span>
            {summary.oldestSince !== null && <span>{t('board.oldest')} <strong><Elapsed since={summary.oldestSince} /></strong></span>}
            <span data-tone={summary.escalated > 0 ? 'act' : undefined}><strong className="pd-figures">{summary.escalated}</strong> {t('board.escalated', { count: summary.escalated })}</span>
          </>
        )}
      </p>
      <div className={styles.headerEnd}>
        <Button component={Link} to="/board/new" size="sm" className={styles.newRequest} leftSection={<Icon name="plus" />} rightSection={<Kbd size="xs" className={styles.key}>N</Kbd>}>
          {t('board.newRequest')}
        </Button>
        <SoundSwitch />
        <Clock />
        <AccountMenu>
          {me.account.roles.includes('coordinator') && <Menu.Item onClick={onNote}>{t('handOver.write')}</Menu.Item>}
          <Menu.Item component={Link} to="/board/print">{t('print.open')}</Menu.Item>
          <Menu.Item onClick={onKeys} rightSection={<Kbd size="xs">?</Kbd>}>{t('keys.title')}</Menu.Item>
        </AccountMenu>
      </div>
    </header>
  );
}

function Clock(): ReactElement {
  return <Running at={new Date(serverNow()).toISOString()} className={styles.clock} text={(now) => clockTime(new Date(now), new Date(now), language())} />;
}
