import { beforeAll, describe, expect, it } from '@jest/globals';
import { rooms } from '../../subgraphs/governance/rooms.js';
import { declaredRooms, measureRooms, type RoomMeasure } from './support/measure-rooms.js';

describe('the rooms of governance', () => {
  let measure: RoomMeasure;
  beforeAll(async () => {
    measure = await measureRooms();
  });

  it('are at most 23, with fewer than 95 arrows between them', () => {
    expect(measure.rooms.length).toBeLessThanOrEqual(23);
    expect(measure.arrows.length).toBeLessThan(95);
  });

  it('import in one direction', () => {
    expect({ upward: measure.upward, circular: measure.circular }).toEqual({ upward: [], circular: [] });
  });

  it('are registered in the order in which the import rules have them', () => {
    expect(['core', ...rooms.map(({ name }) => name)]).toEqual(declaredRooms());
  });
});
