import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PolicyDiffView, PolicyView } from '../../../programmes/policy.contract.js';
import { useAction } from '../../api/actions.js';
import { ApiProblem } from '../../api/problem.js';
import { Shown } from '../../parts/shown.js';
import { SaveBar, useChange } from '../form-parts.js';
import { BackLink, PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { BeginningFields, useBeginning } from './beginning.js';
import { Differences } from './differences.js';
import policyStyles from './policies.module.css';
import { PolicyInputs } from './policy-inputs.js';
import { useScope } from './versions-page.js';

export function ChangePolicyPage(): ReactElement {
  const { t } = useTranslation();
  const { kind, path, title, programmeId, newestId } = useScope();
  // The form keeps the version it began with: what another admin saves meanwhile is refused by the server, not lost.
  const [basedOn, setBasedOn] = useState<string>();
  if (basedOn === undefined && newestId !== undefined) setBasedOn(newestId);
  const asked = useQuery({ ...adminQueries.policy(basedOn ?? ''), enabled: basedOn !== undefined, refetchOnWindowFocus: false });
  return (
    <>
      <BackLink to={path}>{title}</BackLink>
      <PageHead title={t(kind === 'care' ? 'admin.policies.changeCareOf' : 'admin.policies.changeOf', { name: title })} help={t('admin.policies.changeHelp')} />
      <Shown asked={asked}>{(policy) => <Form key={policy.id} policy={policy} programmeId={programmeId} path={path} />}</Shown>
    </>
  );
}

function Form({ policy, programmeId, path }: { policy: PolicyView; programmeId: string | null; path: string }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [content, setContent] = useState<object>(policy.content);
  const [review, setReview] = useState<PolicyDiffView | null>(null);
  const preview = useAction<PolicyDiffView, object>((body) => ({ path: '/policies/preview', body }), { done: setReview });
  const save = useChange<object>((body) => ({ path: '/policies', body }), () => void navigate(path));
  const ask = { basedOn: policy.id, content };
  const beginning = useBeginning(programmeId);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (review) heading.current?.focus();
  }, [review]);
  if (review) {
    return (
      <form onSubmit={(event) => { event.preventDefault(); if (beginning.ready) save.mutate({ ...ask, programmeId, kind: policy.kind, ...beginning.body }); }}>
        <h2 ref={heading} tabIndex={-1}>{t('admin.policies.review')}</h2>
        <Differences changes={review.changes} label={t('admin.policies.review')} />
        <div className={styles.section}>
          <BeginningFields beginning={beginning} fault={save.error} />
          <p className={policyStyles.effect}>{t(policy.kind === 'care' ? (beginning.later ? 'admin.policies.careEffectLater' : 'admin.policies.careEffect') : (beginning.later ? 'admin.policies.effectLater' : 'admin.policies.effect'))}</p>
          <SaveBar saving={save.isPending} fault={save.error} label={t('admin.policies.save')} disabled={review.changes.length === 0 || !beginning.ready}>
            <Button variant="default" onClick={() => setReview(null)}>{t('admin.policies.goOn')}</Button>
          </SaveBar>
        </div>
      </form>
    );
  }
  return (
    <form className={`${styles.form} ${policyStyles.wide}`} noValidate onSubmit={(event) => { event.preventDefault(); preview.mutate(ask); }}>
      <PolicyInputs kind={policy.kind} content={content} faults={preview.error instanceof ApiProblem ? preview.error.faults : []} onChange={setContent} />
      <SaveBar saving={preview.isPending} fault={preview.error} label={t('admin.policies.showChanges')} />
    </form>
  );
}
