import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LiftCounts } from '../../supervision/lift-counts.js';
import { Shown } from '../../parts/shown.js';
import { PageHead, Table } from '../page-parts.js';
import { adminQueries } from '../queries.js';
import styles from './gates.module.css';

/** To be read only: what every peer must pass before they are asked, and who may make an exception. */
export function GatesPage(): ReactElement {
  const { t } = useTranslation();
  const gates = useQuery(adminQueries.gates());
  const [gate, firm, lift, owner] = [t('admin.gates.gate'), t('admin.gates.class'), t('admin.gates.mayLift'), t('admin.gates.owner')];
  return (
    <>
      <PageHead title={t('admin.nav.gates')} help={t('admin.gates.help')} />
      <Shown asked={gates}>
        {(items) => (
          <Table label={t('admin.nav.gates')} columns={[gate, firm, lift, owner]}>
            {items.map((each) => (
              <tr key={each.code}>
                <td className={styles.gate}>
                  <strong>{t(`gate.${each.code}.name`)}</strong>
                  <span>{t(`gate.${each.code}.says`)}</span>
                  <code>{each.code}</code>
                </td>
                <td data-column={firm}><span className={styles.class} data-class={each.class}>{t(`admin.gates.classOf.${each.class}`)}</span></td>
                <td data-column={lift}>{t(`admin.gates.lift.${each.mayLift}`)}</td>
                <td data-column={owner}>{t(`admin.gates.ownerOf.${each.owner}`)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Shown>
      <LiftCounts />
    </>
  );
}
