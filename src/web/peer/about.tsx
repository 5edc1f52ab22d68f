import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AboutMeView, ChangeAboutMeDto, MyTraitView } from '../../peers/about-me.contract.js';
import { useAction } from '../api/actions.js';
import { ownQueries } from '../api/own-queries.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';

const CONSENTS = ['match-only', 'supervisor', 'may-be-told'] as const;
const NOT_SAID = 'not-said';

/** What the matching knows of me, and who else may. Each choice is kept at once. */
export function About(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(ownQueries.about());
  const { mutate, isPending, isSuccess, error: refused } = useAction<AboutMeView, ChangeAboutMeDto>((body) => ({ method: 'PATCH', path: '/me/about', body }));
  return (
    <OwnPage title={t('about.title')}>
      {!data && (error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {data && (
        <>
          <p>{t('about.help')}</p>
          <p role="status" className={styles.missing}>{!isPending && isSuccess && t('about.saved')}</p>
          <ProblemNote fault={refused} />
          <div aria-busy={isPending}>
            <Gender about={data} onSay={(gender) => mutate({ gender })} />
            {data.traits.length === 0 && <p>{t('about.none')}</p>}
            {data.traits.map((trait) => <Trait key={`${trait.kind}:${trait.code}`} trait={trait} onSay={(consent) => mutate({ traits: [{ kind: trait.kind, code: trait.code, consent }] })} />)}
          </div>
        </>
      )}
    </OwnPage>
  );
}

function Gender({ about, onSay }: { about: AboutMeView; onSay: (gender: string | null) => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const options = [...labels.options('genders'), { value: NOT_SAID, label: t('about.notSaid') }];
  return (
    <div className={styles.fields}>
      <OneOf label={t('about.gender')} hint={t('about.genderHelp')} options={options} chosen={about.gender ?? NOT_SAID} onChange={(value) => onSay(value === NOT_SAID ? null : value)} />
    </div>
  );
}

const SHELVES = { population: 'populations', experience: 'experience', skill: 'skills' } as const;

function Trait({ trait, onSay }: { trait: MyTraitView; onSay: (consent: MyTraitView['consent'] | 'withdrawn') => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [asking, setAsking] = useState(false);
  const name = labels.of(SHELVES[trait.kind], trait.code);
  return (
    <div className={styles.fields}>
      <OneOf label={name} hint={t(`about.consentHelp.${trait.consent}`)} options={CONSENTS.map((value) => ({ value, label: t(`about.consent.${value}`) }))} chosen={trait.consent} onChange={onSay} />
      {asking
        ? (
          <div role="group" aria-label={t('about.withdrawName', { name })}>
            <p>{t('about.withdrawAsk', { name })}</p>
            <button type="button" className={styles.quietBig} onClick={() => onSay('withdrawn')}>{t('about.withdrawYes')}</button>
            <button type="button" className={styles.quietBig} onClick={() => setAsking(false)}>{t('about.keep')}</button>
          </div>
        )
        : <button type="button" className={styles.aside} aria-label={t('about.withdrawName', { name })} onClick={() => setAsking(true)}>{t('about.withdraw')}</button>}
    </div>
  );
}
