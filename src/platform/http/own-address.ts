import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.js';

/** Where people reach this deployment: its public address, or without one the address this very call came to. */
export function ownAddress({ publicUrl }: Pick<Config, 'publicUrl'>, request: Pick<FastifyRequest, 'protocol' | 'host'>): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}
