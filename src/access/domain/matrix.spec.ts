import { describe, expect, it } from '@jest/globals';
import type { Principal, Role, Scope } from './principal.js';
import { judge, reachOf, type Matrix } from './matrix.js';

const matrix: Matrix = {
  'request.read': [['isCoordinator', 'inProgramme'], ['mayWriteRequests', 'isOwn']],
  'api-key.create': [['isAdmin']],
  'request.contact': [['isCoordinator', 'inProgramme'], ['isPeer', 'isAssigned']],
};
const person = (...roles: Role[]): Principal => ({ kind: 'account', accountId: 'a', personId: 'p', roles, peer: roles.includes('peer'), sessionId: 's' });
const partner = (...scopes: Scope[]): Principal => ({ kind: 'api-key', apiKeyId: 'k', scopes });

describe('the role matrix', () => {
  it('refuses what it does not name', () => {
    for (const who of [person('admin'), person('coordinator'), partner('requests:write')]) {
      expect(judge(matrix, 'request.delete', who, { inProgramme: true, isOwn: true, isAssigned: true })).toBe('not-allowed');
    }
  });

  it('refuses a role that lacks the action, whatever the facts', () => {
    expect(judge(matrix, 'request.read', person('admin', 'planner', 'privacy-officer'), { inProgramme: true, isOwn: true })).toBe('not-allowed');
    expect(judge(matrix, 'request.read', partner('alerts:write', 'triage'), { isOwn: true })).toBe('not-allowed');
    expect(judge(matrix, 'request.read', person(), { inProgramme: true })).toBe('not-allowed');
  });

  it('hides one thing from a role that has the action but not the relation', () => {
    expect(judge(matrix, 'request.read', person('coordinator'), { inProgramme: false })).toBe('not-found');
    expect(judge(matrix, 'request.read', person('coordinator'), {})).toBe('not-found');
    expect(judge(matrix, 'request.read', partner('requests:write'), { inProgramme: true })).toBe('not-found');
  });

  it('allows any one clause that holds as a whole', () => {
    expect(judge(matrix, 'request.read', person('coordinator'), { inProgramme: true })).toBe('allowed');
    expect(judge(matrix, 'request.read', partner('requests:write'), { isOwn: true })).toBe('allowed');
    expect(judge(matrix, 'api-key.create', person('admin'), {})).toBe('allowed');
  });

  it('does not mix the conditions of two clauses', () => {
    expect(judge(matrix, 'request.contact', person('peer'), { inProgramme: true })).toBe('not-found');
    expect(judge(matrix, 'request.contact', person('coordinator'), { isAssigned: true })).toBe('not-found');
    expect(judge(matrix, 'request.contact', person('peer', 'coordinator'), { isAssigned: true })).toBe('allowed');
  });

  it('tells a list what is still to hold', () => {
    expect(reachOf(matrix, 'request.contact', person('peer', 'coordinator'))).toEqual([['inProgramme'], ['isAssigned']]);
    expect(reachOf(matrix, 'api-key.create', person('admin'))).toEqual([[]]);
    expect(reachOf(matrix, 'api-key.create', person('peer'))).toEqual([]);
  });
});
