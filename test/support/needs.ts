import { describe } from '@jest/globals';
import { findNeeds, type Need } from '../../scripts/lib/needs.mjs';

const found = findNeeds();

/** What a test may ask of the machine beyond Node and npm. */
export const needs = { chromium: need('chromium'), redisServer: need('redisServer') };

/** `describe` where the machine has it; otherwise each test inside is counted as skipped, never as passed. */
export function describeWith(wanted: Need): typeof describe.skip {
  return wanted.path === null ? describe.skip : describe;
}

/** The path of the program; for use inside `describeWith(wanted)` only. */
export function pathOf(wanted: Need): string {
  if (wanted.path === null) throw new Error(`${wanted.name} is not on this machine: ${wanted.install}`);
  return wanted.path;
}

function need(name: Need['name']): Need {
  const one = found.find((each) => each.name === name);
  if (!one) throw new Error(`scripts/lib/needs.mjs does not list ${name}`);
  return one;
}
