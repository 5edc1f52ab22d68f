import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { Programme } from '../../api/types.js';
import { Icon } from '../../parts/icons.js';
import { Shown } from '../../parts/shown.js';
import { Empty, PageHead, Table } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';

export function ProgrammesPage(): ReactElement {
  const { t } = useTranslation();
  const programmes = useQuery(queries.programmes());
  const closed = useQuery(adminQueries.closedProgrammes());
  return (
    <>
      <PageHead title={t('admin.nav.programmes')} help={t('admin.programmes.help')}>
        <div className={styles.buttons}>
          <Button component={Link} to="/admin/programmes/areas" variant="default">{t('admin.areas.title')}</Button>
          <Button component={Link} to="/admin/programmes/new" leftSection={<Icon name="plus" />}>{t('admin.programmes.new')}</Button>
        </div>
      </PageHead>
      <Shown asked={programmes}>
        {(items) => (items.length === 0 ? <Empty>{t('admin.programmes.none')}</Empty> : <List label={t('admin.nav.programmes')} items={items} />)}
      </Shown>
      {closed.data && closed.data.length > 0 && (
        <section className={styles.section}>
          <h2>{t('admin.programmes.closed')}</h2>
          <p>{t('admin.programmes.closedHelp')}</p>
          <List label={t('admin.programmes.closed')} items={closed.data} />
        </section>
      )}
    </>
  );
}

function List({ label, items }: { label: string; items: readonly Programme[] }): ReactElement {
  const { t } = useTranslation();
  const [name, zone] = [t('admin.programmes.name'), t('admin.programmes.timeZone')];
  return (
    <Table label={label} columns={[name, zone]}>
      {items.map((each) => (
        <tr key={each.id}>
          <td><Link to={`/admin/programmes/${each.id}`}>{each.name}</Link></td>
          <td data-column={zone}>{each.timeZone.replaceAll('_', ' ')}</td>
        </tr>
      ))}
    </Table>
  );
}
