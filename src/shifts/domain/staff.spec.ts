import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../access/domain/principal.js';
import { rolesLost, type Standing } from './staff.js';

const standing = (roles: Role[], state: 'active' | 'disabled' = 'active'): Standing => ({ state, roles });

describe('a change of an account', () => {
  const both = standing(['peer', 'supervisor']);

  it('takes every role from who is disabled', () => expect(rolesLost(both, standing(['peer', 'supervisor'], 'disabled'))).toEqual(['peer', 'supervisor']));
  it('takes the role that goes, and leaves the other', () => expect(rolesLost(both, standing(['peer']))).toEqual(['supervisor']));
  it('takes nothing when nothing that counts has changed', () => expect(rolesLost(both, standing(['peer', 'supervisor', 'admin']))).toEqual([]));
  it('takes nothing from who could not serve before', () => expect(rolesLost(standing(['peer'], 'disabled'), standing([], 'disabled'))).toEqual([]));
});
