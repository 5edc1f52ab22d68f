import { PeerProfileEntity, PeerTraitEntity } from './peers.entity.js';

export const PEERS_ENTITIES = [PeerProfileEntity, PeerTraitEntity];
