/**
 * SQL: who took this on can see to it no longer, because their account is disabled, or lost the role or the programme.
 * `account` and `programme` are columns; `asSupervisor` is a condition: it was taken on as a supervisor.
 */
export const holderIsGone = (account: string, programme: string, asSupervisor: string): string => `${account} IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM account ha JOIN programme_member hm ON hm.person_id = ha.person_id
  WHERE ha.id = ${account} AND ha.status = 'active' AND hm.programme_id = ${programme}
    AND ('supervisor' = ANY(ha.roles) OR ('coordinator' = ANY(ha.roles) AND NOT (${asSupervisor}))))`;
