import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueService } from '../../src/programmes/catalogue.service.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Answer, type Api, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let admin: Api;
let desk: Api;

beforeAll(async () => {
  world = await createWorld();
  const api = await listening(world);
  admin = await api.signIn((await world.given.person({ roles: ['admin'], programmes: [], canSignIn: true })).email, PASSWORD);
  desk = await api.signIn((await world.given.coordinator({ canSignIn: true })).email, PASSWORD);
});
afterAll(() => world.close());

const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const chosen = async (shelf: string) => itemsOf(await desk.get('/catalogue'), shelf).map(({ code }) => code);
const entry = async (kind: string, code: string): Promise<JsonObject | undefined> => itemsOf(await desk.get(`/catalogue/entries?kind=${kind}`)).find((each) => each.code === code);
const audited = () => world.db.read((tx) => tx.rows<{ action: string; data: object }>(`SELECT action, data FROM audit WHERE subject_type = 'catalogue' ORDER BY at, id`));

describe('an admin keeps the catalogue', () => {
  it('adds an entry in both languages, at the end, under a code made from its words', async () => {
    const { status, body } = await admin.post('/catalogue/entries', { kind: 'skills', label: { en: 'Farm and ranch life', es: 'Vida en el campo' } });
    expect([status, body]).toEqual([201, {
      kind: 'skills', code: 'farm-and-ranch-life', label: { en: 'Farm and ranch life', es: 'Vida en el campo' }, active: true, needed: false, version: 1,
    }]);
    expect((await chosen('skills')).at(-1)).toBe('farm-and-ranch-life');
    expect((await audited()).at(-1)).toEqual({ action: 'catalogue.add', data: { kind: 'skill', code: 'farm-and-ranch-life', active: true } });
  });

  it('hears what is missing, and that a code is taken', async () => {
    const add = (body: object) => admin.post('/catalogue/entries', { kind: 'skills', label: { en: 'A', es: 'A' }, ...body });
    expect(faultsOf(await add({ label: { en: 'Only English' } }))).toEqual(['label.es required']);
    expect(faultsOf(await add({ label: { en: 'A', es: ' ' } }))).toEqual(['label.es matches']);
    expect(faultsOf(await add({ code: 'harm-reduction' }))).toEqual(['code taken']);
    expect(faultsOf(await add({ label: { en: '日本語', es: '日本語' } }))).toEqual(['code required']);
    expect(faultsOf(await add({ kind: 'colours' }))).toEqual(['kind is-in']);
  });

  it('marks a reason as grave and as grave no longer, and nothing but a reason', async () => {
    const added = await admin.post('/catalogue/entries', { kind: 'reasons', label: { en: 'An overdose', es: 'Una sobredosis' }, grave: true });
    expect([added.status, added.body.grave]).toEqual([201, true]);
    expect((await admin.patch('/catalogue/entries/reasons/an-overdose', { grave: false }, 1)).body).toMatchObject({ grave: false, version: 2, label: { en: 'An overdose' } });
    expect(faultsOf(await admin.post('/catalogue/entries', { kind: 'skills', label: { en: 'B', es: 'B' }, grave: true }))).toEqual(['grave not-here']);
    expect(faultsOf(await admin.patch('/catalogue/entries/skills/harm-reduction', { grave: true }, 1))).toEqual(['grave not-here']);
  });

  it('changes words but never a code, on the version they hold', async () => {
    const path = '/catalogue/entries/reasons/grief';
    const changed = await admin.patch(path, { label: { en: 'Bereavement', es: 'Pérdida' } }, 1);
    expect([changed.body.code, changed.body.label, changed.body.version]).toEqual(['grief', { en: 'Bereavement', es: 'Pérdida' }, 2]);
    expect((await admin.patch(path, { label: { en: 'x', es: 'x' } }, 1)).body.code).toBe('stale-version');
    expect(faultsOf(await admin.patch(path, { code: 'loss' }, 2))).toEqual(['code unknown-field']);
    expect((await admin.patch('/catalogue/entries/reasons/nothing', { active: false }, 1)).status).toBe(404);
    expect((await admin.patch('/catalogue/entries/colours/grief', { active: false }, 1)).status).toBe(404);
  });

  it('retires an entry, which nobody can choose any more and old records can still name, and brings it back', async () => {
    await admin.patch('/catalogue/entries/experience/justice', { active: false }, 1);
    expect(await chosen('experience')).not.toContain('justice');
    expect(await entry('experience', 'justice')).toMatchObject({ active: false, label: { en: 'Arrest, jail or prison' } });
    const catalogue = world.get(CatalogueService);
    expect(await world.db.read((tx) => catalogue.unknownCodes(tx, 'experience', ['justice', 'loss']))).toEqual(['justice']);
    await admin.patch('/catalogue/entries/experience/justice', { active: true }, 2);
    expect(await chosen('experience')).toContain('justice');
  });

  it('cannot retire what the product goes by, nor the last of a kind', async () => {
    for (const path of ['outcomes/no-contact', 'populations/youth']) {
      expect((await admin.patch(`/catalogue/entries/${path}`, { active: false }, 1)).body.code).toBe('catalogue-item-needed');
    }
    const codes = await chosen('genders');
    const answers: (unknown)[] = [];
    for (const code of codes) answers.push((await admin.patch(`/catalogue/entries/genders/${String(code)}`, { active: false }, 1)).status);
    expect(answers).toEqual([...codes.slice(1).map(() => 200), 409]);
  });

  it('puts a kind in another order, all of it or nothing', async () => {
    const codes = itemsOf(await admin.get('/catalogue/entries?kind=referrals')).map(({ code }) => code);
    const turned = codes.toReversed();
    expect(itemsOf(await admin.replace('/catalogue/entries/referrals/order', { codes: turned })).map(({ code }) => code)).toEqual(turned);
    expect(await chosen('referrals')).toEqual(turned);
    expect(faultsOf(await admin.replace('/catalogue/entries/referrals/order', { codes: turned.slice(1) }))).toEqual(['codes not-the-same']);
    expect(await chosen('referrals')).toEqual(turned);
  });
});
