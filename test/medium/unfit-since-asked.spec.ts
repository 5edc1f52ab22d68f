import { OffersService } from '../../src/dispatch/offers.service.js';
import { CredentialsService } from '../../src/peers/credentials.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EASY_CARE } from '../support/care.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const ASKING = { ...EASY_CARE, requirements: { training: ['peer-training'], byAcuity: {}, certification: false } };

let world: World;
let office: Person;
let admin: Api;
let programme: Programme;
let asked: Person;
let offerId: string;
let requestId: string;
beforeAll(async () => {
  world = await createWorld();
  const api = await listening(world);
  office = await world.given.person({ roles: ['admin'], programmes: [], canSignIn: true });
  admin = await api.signIn(office.email, PASSWORD);
});
beforeEach(async () => {
  programme = await world.given.programme({ care: ASKING });
  const minor = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'yes' } as const;
  asked = await world.given.peerOnDuty({ programmes: [programme], youthCleared: true });
  requestId = await world.given.request({ programme, safety: minor });
  await world.sweep();
  ({ id: offerId } = await world.look.pendingOffer(requestId));
});
afterAll(() => world.close());

const accept = () => world.get(OffersService).accept(offerId, asked.personId, { kind: 'account', id: asked.accountId });
const change = async (body: object): Promise<number> =>
  (await admin.patch(`/peers/${asked.personId}`, body, (await admin.get(`/peers/${asked.personId}/record`)).body.version)).status;
const trainingId = async (): Promise<string> =>
  (await world.db.read((tx) => tx.one<{ id: string }>(`SELECT id FROM peer_credential WHERE person_id = $1 AND code = 'peer-training'`, [asked.personId]))).id;

describe('what was withdrawn from a peer while they were asked', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['the clearance to be with minors', () => change({ youthCleared: false })],
    ['the kind of contact', () => change({ contactKinds: ['text'] })],
    ['a training the programme asks for', async () => world.get(CredentialsService).revoke(office.principal, await trainingId())],
  ])('keeps them from accepting, and has somebody else asked at once: %s', async (_, withdraw) => {
    await withdraw();
    const other = await world.given.peerOnDuty({ programmes: [programme], youthCleared: true });
    await expect(accept()).rejects.toMatchObject({ code: 'offer-no-longer-open' });
    expect(await world.look.assignments(requestId)).toEqual([]);
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: other.personId });
    expect((await world.look.offers(requestId)).find(({ id }) => id === offerId)).toMatchObject({ status: 'withdrawn' });
  });

  it('keeps nobody whose offer asks for nothing of it', async () => {
    expect(await change({ contactKinds: ['phone'] })).toBe(200);
    await accept();
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: asked.personId, endedAt: null }]);
  });
});
