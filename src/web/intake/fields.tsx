import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { CHANNELS, CONTACT_KINDS } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import { OneOf } from '../parts/tokens.js';
import { toLocalInput } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { AcuityChoice } from './acuity.js';
import { contactKindOf, suggestedAcuity, type Draft } from './draft.js';
import styles from './intake.module.css';
import { NeedsField } from './needs.js';
import { Safety } from './safety.js';

export function IntakeFields({ draft, onChange, fault }: { draft: Draft; onChange: (change: Partial<Draft>) => void; fault: unknown }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const suggestion = suggestedAcuity(draft.safety);
  const errorOf = (field: string): string | undefined => {
    const found = faultOf(fault, field);
    return found && t([`fieldFault.${found.code}`, `fieldFault.at-${field.replace('.', '-')}`, 'fieldFault.invalid']);
  };
  return (
    <>
      <section className={styles.part} aria-labelledby="intake-safety">
        <h3 id="intake-safety">{t('intake.safety')}</h3>
        <p className={styles.lead}>{t('intake.safetyHelp')}</p>
        <Safety answers={draft.safety} onChange={(safety) => onChange({ safety })} focusFirst />
      </section>

      <section className={styles.part} aria-labelledby="intake-contact">
        <h3 id="intake-contact">{t('intake.contact')}</h3>
        {programmes.length > 1 && (
          <OneOf label={t('board.programme')} options={programmes.map((each) => ({ value: each.id, label: each.name }))} chosen={draft.programmeId} onChange={(programmeId) => onChange({ programmeId })} />
        )}
        <OneOf label={t('intake.channel')} options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} chosen={draft.channel} onChange={(channel) => onChange({ channel })} />
        {draft.channel === 'planned' && (
          <TextInput
            type="datetime-local" label={t('intake.notBefore')} description={t('intake.notBeforeHelp', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })} w={260} required
            min={toLocalInput(new Date(serverNow()))} value={draft.notBefore} error={errorOf('notBefore')} onChange={(event) => onChange({ notBefore: event.currentTarget.value })}
          />
        )}
        <OneOf label={t('intake.contactKind')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={contactKindOf(draft)} onChange={(contactKind) => onChange({ contactKind })} />
        <div className={styles.two}>
          <Select
            label={t('intake.language')} data={labels.options('languages')} value={draft.language} searchable allowDeselect={false} error={errorOf('language')}
            nothingFoundMessage={t('common.nothingFound')} onChange={(language) => language !== null && onChange({ language })} selectFirstOptionOnChange
          />
          <TextInput
            label={t('intake.zip')} inputMode="numeric" maxLength={5} value={draft.zip} error={errorOf('place.zip')} autoComplete="off"
            onChange={(event) => onChange({ zip: event.currentTarget.value })}
          />
          <TextInput
            label={t('intake.county')} inputMode="numeric" maxLength={5} value={draft.countyFips} error={errorOf('place.countyFips')} autoComplete="off"
            onChange={(event) => onChange({ countyFips: event.currentTarget.value })}
          />
        </div>
        <OneOf
          label={t('intake.forWhom')} options={[{ value: 'self', label: t('forWhom.self') }, { value: 'other', label: t('forWhom.other') }]}
          chosen={draft.forWhom} onChange={(forWhom) => onChange({ forWhom })}
        />
        <NeedsField chosen={draft.needs} onChange={(needs) => onChange({ needs })} error={errorOf('needs')} />
        <Checkbox label={t('intake.needsClinician')} checked={draft.needsClinician} onChange={(event) => onChange({ needsClinician: event.currentTarget.checked })} />
      </section>

      <section className={styles.part} aria-labelledby="intake-sealed">
        <h3 id="intake-sealed">{t('intake.sealed')}</h3>
        <p className={styles.lead}>{t('intake.sealedHelp')}</p>
        <TextInput label={t('contact.callback')} inputMode="tel" maxLength={200} value={draft.callback} error={errorOf('callback') ?? errorOf('requesterKey')} autoComplete="off" onChange={(event) => onChange({ callback: event.currentTarget.value })} />
        <Textarea label={t('contact.story')} rows={4} maxLength={20_000} value={draft.story} error={errorOf('story')} autoComplete="off" onChange={(event) => onChange({ story: event.currentTarget.value })} />
      </section>

      <section className={styles.part} aria-labelledby="intake-acuity">
        <h3 id="intake-acuity">{t('intake.howSoon')}</h3>
        <AcuityChoice
          chosen={draft.acuity ?? suggestion.acuity}
          onChange={(acuity) => onChange({ acuity })}
          hint={draft.acuity === null ? t(`suggested.${suggestion.because}`) : t('suggested.own')}
        />
      </section>
    </>
  );
}
