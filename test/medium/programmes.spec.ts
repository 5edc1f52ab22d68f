import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AreasService } from '../../src/programmes/areas.service.js';
import { CatalogueService } from '../../src/programmes/catalogue.service.js';
import type { DispatchPolicy } from '../../src/programmes/domain/policy.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { HandOffScripts } from '../../src/programmes/hand-off-scripts.service.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { PolicyVersions } from '../../src/programmes/policy-versions.service.js';
import { PolicyService } from '../../src/programmes/policy.service.js';
import { ProgrammesService } from '../../src/programmes/programmes.service.js';
import { ESCALATION_CAUSES, ESCALATION_RULES, TIERS } from '../../src/requests/domain/triage.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const policyOfTheFile = (JSON.parse(readFileSync('config/policies.json', 'utf8')) as { dispatch: DispatchPolicy }).dispatch;

let world: World;
let given: Given;
let api: Api;
beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  api = await listening(world);
});
afterAll(() => world.close());

const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);

describe('programmes', () => {
  let mine: Programme;
  let other: Programme;
  beforeAll(async () => {
    mine = await given.programme();
    other = await given.programme();
  });

  it('shows people the programmes they belong to, with how to call and with whom to go', async () => {
    const caller = await signedIn(await given.coordinator({ programmes: [mine], canSignIn: true }));
    expect(itemsOf(await caller.get('/programmes'))).toEqual([{ id: mine.id, name: mine.name, timeZone: 'America/Los_Angeles', callingInstruction: mine.callingInstruction, callingInstructionEs: null, inPersonRule: mine.inPersonRule }]);
  });

  it('shows admins and intake partners all of them, and tells partners nothing about calling', async () => {
    const admin = await signedIn(await given.person({ roles: ['admin'], programmes: [], canSignIn: true }));
    const all = itemsOf(await admin.get('/programmes'));
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([mine.id, other.id]));
    const { body } = await admin.post('/api-keys', { name: 'County 911', scopes: ['requests:write'] });
    const toPartner = itemsOf(await api.withKey(String(body.key)).get('/programmes'));
    expect(toPartner).toEqual(all.map(({ id, name, timeZone }) => ({ id, name, timeZone })));
  });

  it('forgets a closed programme for everybody', async () => {
    const closed = await given.programme({ cover: 'none' });
    const member = await given.coordinator({ programmes: [closed] });
    await world.db.withTx((tx) => tx.run(`UPDATE programme SET status = 'closed' WHERE id = $1`, [closed.id]));
    const programmes = world.get(ProgrammesService);
    expect(await world.db.read((tx) => programmes.programmesOf(tx, member.personId))).toEqual([]);
    expect((await world.db.read((tx) => programmes.list(tx))).map(({ id }) => id)).not.toContain(closed.id);
  });
});

describe('the catalogue', () => {
  it('offers every kind with labels in both languages', async () => {
    const caller = await signedIn(await given.coordinator({ canSignIn: true }));
    const catalogue = await caller.get('/catalogue');
    expect(Object.keys(catalogue.body).sort()).toEqual(['credentials', 'experience', 'genders', 'languages', 'outcomes', 'populations', 'reasons', 'referrals', 'skills', 'supervisionTopics']);
    expect(itemsOf(catalogue, 'outcomes').map(({ code }) => code)).toEqual(['supported', 'referred', 'handed-off', 'no-contact', 'declined-peer']);
    expect(itemsOf(catalogue, 'languages')[1]).toEqual({ code: 'es', label: { en: 'Spanish', es: 'Español' } });
  });

  it('names the codes nobody may choose', async () => {
    const catalogue = world.get(CatalogueService);
    const unknown = await world.db.read((tx) => catalogue.unknownCodes(tx, 'experience', ['loss', 'es', 'nothing', 'trauma']));
    expect(unknown).toEqual(['es', 'nothing']);
  });

  it('keeps what an admin changed or retired when the product starts again', async () => {
    const catalogue = world.get(CatalogueService);
    await world.db.withTx((tx) => tx.run(`UPDATE catalogue_item SET label_en = 'Bereavement' WHERE kind = 'reason' AND code = 'grief'`));
    await world.db.withTx((tx) => tx.run(`UPDATE catalogue_item SET active = false WHERE kind = 'reason' AND code = 'other'`));
    await catalogue.onModuleInit();
    const { reason } = await world.db.read((tx) => catalogue.all(tx));
    expect(reason.find(({ code }) => code === 'grief')?.label.en).toBe('Bereavement');
    expect(reason.map(({ code }) => code)).not.toContain('other');
    expect(await world.db.read((tx) => catalogue.unknownCodes(tx, 'reason', ['other']))).toEqual(['other']);
  });
});

describe('dispatch policy', () => {
  it('is the one of the file until somebody changes it, and starting again adds no version', async () => {
    const { id } = await given.programme({ cover: 'none' });
    const policies = world.get(PolicyService);
    await world.get(PolicyVersions).onModuleInit();
    const current = await world.db.read((tx) => policies.current(tx, id));
    expect(current).toEqual({ id: current.id, number: 1, content: policyOfTheFile });
  });

  it('becomes the next version when its content changes, once however many processes start, and the old one stays readable', async () => {
    const { id } = await given.programme({ cover: 'none' });
    const policies = world.get(PolicyService);
    const before = await world.db.read((tx) => policies.current(tx, id));
    const changed = { ...policyOfTheFile, newRoundSeconds: 90 };
    await Promise.all([policies.install(changed), policies.install(changed), policies.install(changed)]);
    const now = await world.db.read((tx) => policies.current(tx, id));
    expect([now.number, now.content.newRoundSeconds]).toEqual([before.number + 1, 90]);
    expect((await world.db.read((tx) => policies.byId(tx, before.id))).content.newRoundSeconds).toBe(120);
  });

  it("gives way to the programme's own from the moment that one is in effect", async () => {
    const { id } = await given.programme({ cover: 'none' });
    const policies = world.get(PolicyService);
    const own = '018f0000-0000-7000-8000-00000000aaaa';
    await world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at)
         VALUES ($1, 'dispatch', $2, 1, $3, 'own', $4, $5)`,
        [own, id, policyOfTheFile, new Date(world.clock.now().getTime() + 1_000), world.clock.now()],
      ),
    );
    expect((await world.db.read((tx) => policies.current(tx, id))).id).not.toBe(own);
    world.clock.forward({ seconds: 1 });
    expect((await world.db.read((tx) => policies.current(tx, id))).id).toBe(own);
  });
});

describe('areas', () => {
  it('names a county by the smallest area that holds it, and nothing else', async () => {
    const areas = world.get(AreasService);
    await world.db.withTx((tx) => areas.create(tx, 'Willamette Valley', ['41039', '41043', '41003']));
    await world.db.withTx((tx) => areas.create(tx, 'Lane County', ['41039']));
    const nameFor = (county: string | null): Promise<string | null> => world.db.read((tx) => areas.nameFor(tx, county));
    expect(await nameFor('41039')).toBe('Lane County');
    expect(await nameFor('41043')).toBe('Willamette Valley');
    expect(await nameFor('06037')).toBeNull();
    expect(await nameFor(null)).toBeNull();
  });
});

describe('the on-call list', () => {
  it('keeps its order and leaves out disabled accounts', async () => {
    const programme = await given.programme({ cover: 'none' });
    const [first, second, third] = [await given.supervisor(), await given.supervisor(), await given.supervisor()];
    const onCall = world.get(OnCallService);
    await world.db.withTx((tx) => onCall.setList(tx, programme.id, [third, first, second].map(({ accountId }) => accountId)));
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [first.accountId]));
    const called = await world.db.read((tx) => onCall.accountsFor(tx, programme.id));
    expect(called.map(({ personId }) => personId)).toEqual([third.personId, second.personId]);
  });

  it('counts nobody who could not answer a page any more: neither without the role nor without the programme', async () => {
    const programme = await given.programme({ cover: 'none' });
    const [demoted, gone] = [await given.supervisor({ programmes: [programme] }), await given.supervisor({ programmes: [programme] })];
    const duty = world.get(DutyService);
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [demoted.accountId, gone.accountId]));
    const covered = () => world.db.withTx(async (tx) => (await duty.supervisorCover(tx, programme.id, world.clock.now(), 0)).covered);
    expect(await covered()).toBe(true);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{coordinator}' WHERE id = $1`, [demoted.accountId]));
    await world.db.withTx((tx) => tx.run('DELETE FROM programme_member WHERE person_id = $1', [gone.personId]));
    expect(await world.db.read((tx) => world.get(OnCallService).accountsFor(tx, programme.id))).toEqual([]);
    expect(await covered()).toBe(false);
  });
});

describe('hand-off scripts', () => {
  const scripts = new HandOffScripts();

  it.each(ESCALATION_CAUSES)('has its own words for %s, in English and Spanish', (cause) => {
    const { tier } = ESCALATION_RULES[cause];
    const script = scripts.for(cause, tier);
    expect(script?.en).not.toBe(scripts.for('unheard-of', tier)?.en);
    expect(script?.es).not.toBe(script?.en);
    // Whatever the cause, the way to emergency help is in reach.
    expect(script?.en).toContain('911');
    expect(script?.es).toContain('911');
  });

  it.each(TIERS)('has words for a cause it does not know, by the tier %s', (tier) => {
    expect(scripts.for('constructor', tier)?.en).toContain('911');
  });

  it('has nothing for what it does not know at all', () => {
    expect(scripts.for('constructor', 'toString')).toBeNull();
  });

  it('speaks to the peer in words of their own where the desk’s speak of them, else in the same', () => {
    expect(scripts.forPeer('beyond-scope', 'supervisor')?.en).toMatch(/stay with the person.*911.*988/is);
    expect(scripts.forPeer('beyond-scope', 'supervisor')).not.toEqual(scripts.for('beyond-scope', 'supervisor'));
    expect(scripts.forPeer('imminent-danger', 'partner')).toEqual(scripts.for('imminent-danger', 'partner'));
    expect(scripts.forPeer('constructor', 'toString')).toBeNull();
  });

  it('sends danger to 911 and 988 at once', () => {
    const script = scripts.for('imminent-danger', 'partner');
    expect(script?.en).toMatch(/call 911 now.*988/s);
    expect(script?.es).toMatch(/llame al 911 ahora.*988/s);
  });
});
