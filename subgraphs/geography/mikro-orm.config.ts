import { Division } from './division/division.entity.js';
import { Parcel } from './parcel/parcel.entity.js';
import { Place } from './place/place.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [Division, Parcel, Place];
