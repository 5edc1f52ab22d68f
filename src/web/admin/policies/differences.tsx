import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDifferenceView } from '../../../programmes/policy.contract.js';
import { Empty, Table } from '../page-parts.js';
import styles from './policies.module.css';
import { partsOf, spanOf, unitOf } from './policy-fields.js';

/** What differs, in the words of the form: the old value beside the new one. */
export function Differences({ changes, label }: { changes: readonly PolicyDifferenceView[]; label: string }): ReactElement {
  const { t } = useTranslation();
  const wordsOf = useSettingWords();
  if (changes.length === 0) return <Empty>{t('admin.policies.same')}</Empty>;
  const [setting, from, to] = [t('admin.policies.setting'), t('admin.policies.from'), t('admin.policies.to')];
  return (
    <Table label={label} columns={[setting, from, to]}>
      {changes.map((change) => (
        <tr key={change.path}>
          <td>{wordsOf(change.path)}</td>
          <td data-column={from} className="pd-figures"><Value path={change.path} value={change.from} /></td>
          <td data-column={to} className={styles.new}><Value path={change.path} value={change.to} /></td>
        </tr>
      ))}
    </Table>
  );
}

function Value({ path, value }: { path: string; value: PolicyDifferenceView['from'] }): ReactElement {
  const { t } = useTranslation();
  if (value === null) return <span className="pd-dim">{t('admin.policies.absent')}</span>;
  const unit = unitOf(path);
  if (typeof value === 'boolean') return <span>{t(value ? 'answer.yes' : 'answer.no')}</span>;
  if (unit === 'credentials') return <span>{value}</span>;
  if (unit === 'seconds' && typeof value === 'number') return <span>{spanOf(value)}</span>;
  return <span>{value} {t(`policy.unit.${unit === 'hoursList' ? 'hours' : unit}`)}</span>;
}

/** The words of a setting, with the acuity and the step it belongs to. */
function useSettingWords(): (path: string) => string {
  const { t } = useTranslation();
  return (path) => {
    const { acuity, step, name } = partsOf(path);
    if (name === 'requirements-byAcuity') return t(`policy.field.${name}`, { acuity: t(`acuity.${acuity ?? ''}`) });
    const parts = [acuity === null ? null : t(`acuity.${acuity}`), step === null ? null : t('policy.step', { number: step }), t(`policy.field.${name}`)];
    return parts.filter((part) => part !== null).join(' · ');
  };
}
