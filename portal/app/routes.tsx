import { lazy, type ComponentType } from 'react';
import type { Role } from './session.js';
import { loadFeatureWords, type Feature } from './words.js';

/** Part of the navigation. */
type Group = 'data' | 'work' | 'provide' | 'govern' | 'audit' | 'operate';

/** A page of the portal: an address, its place in the navigation, and who may do what is done there. */
export interface PageRoute {
  /** Below `/portal`, as React Router writes paths. */
  readonly path: string;
  /** Key of its title in the words `app.pages`; absent for a page that is reached from another. */
  readonly name?: string;
  /** Its part of the navigation. */
  readonly group?: Group;
  /** Everybody where absent. */
  readonly roles?: readonly Role[];
  readonly page: ComponentType;
}

/** A page that is loaded when it is opened, with the words of its feature. */
const load = (feature: Feature, loadPage: () => Promise<{ default: ComponentType }>) =>
  lazy(async () => {
    const [page] = await Promise.all([loadPage(), loadFeatureWords(feature)]);
    return page;
  });

export const routes: readonly PageRoute[] = [
  {
    path: 'find',
    name: 'find',
    group: 'data',
    page: load('catalogue', () => import('../pages/catalogue/find-page.js')),
  },
  { path: 'try', name: 'try', group: 'data', page: load('try', () => import('../pages/try/try-page.js')) },
  { path: 'entry', page: load('catalogue', () => import('../pages/catalogue/entry-page.js')) },
  { path: 'tasks', name: 'tasks', group: 'work', page: load('work', () => import('../pages/work/tasks-page.js')) },
  { path: 'inbox', name: 'inbox', group: 'work', page: load('work', () => import('../pages/work/inbox-page.js')) },
  {
    path: 'messages',
    name: 'messages',
    group: 'work',
    page: load('work', () => import('../pages/work/messages-page.js')),
  },
  {
    path: 'applications',
    name: 'applications',
    group: 'work',
    page: load('application', () => import('../pages/application/applications-page.js')),
  },
  {
    path: 'applications/new',
    roles: ['consumer'],
    page: load('application', () => import('../pages/application/apply-page.js')),
  },
  { path: 'application', page: load('application', () => import('../pages/application/application-page.js')) },
  { path: 'review', page: load('application', () => import('../pages/application/review-page.js')) },
  { path: 'grants', name: 'grants', group: 'work', page: load('grant', () => import('../pages/grant/grants-page.js')) },
  { path: 'grant', page: load('grant', () => import('../pages/grant/grant-page.js')) },
  {
    path: 'corrections',
    name: 'corrections',
    group: 'work',
    page: load('correction', () => import('../pages/correction/corrections-page.js')),
  },
  {
    path: 'corrections/new',
    roles: ['consumer', 'citizen-service'],
    page: load('correction', () => import('../pages/correction/report-page.js')),
  },
  { path: 'correction', page: load('correction', () => import('../pages/correction/correction-page.js')) },
  {
    path: 'checks',
    name: 'checks',
    group: 'work',
    roles: ['provider', 'authority', 'auditor', 'operator'],
    page: load('check', () => import('../pages/check/checks-page.js')),
  },
  { path: 'check', page: load('check', () => import('../pages/check/check-page.js')) },
  {
    path: 'locks',
    name: 'locks',
    group: 'work',
    roles: ['provider', 'consumer', 'authority', 'auditor', 'operator'],
    page: load('check', () => import('../pages/check/locks-page.js')),
  },
  { path: 'receipts', page: load('correction', () => import('../pages/correction/receipts-page.js')) },
  {
    path: 'entries',
    name: 'entries',
    group: 'provide',
    roles: ['provider', 'authority', 'secrecy-reviewer'],
    page: load('provide', () => import('../pages/provide/entries-page.js')),
  },
  { path: 'revision', page: load('provide', () => import('../pages/provide/revision-page.js')) },
  {
    path: 'versions',
    name: 'versions',
    group: 'provide',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('provide', () => import('../pages/provide/versions-page.js')),
  },
  {
    path: 'versions/new',
    roles: ['provider'],
    page: load('provide', () => import('../pages/provide/declare-page.js')),
  },
  {
    path: 'version',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('provide', () => import('../pages/provide/version-page.js')),
  },
  {
    path: 'sources',
    name: 'sources',
    group: 'provide',
    roles: ['provider', 'authority'],
    page: load('provide', () => import('../pages/provide/sources-page.js')),
  },
  {
    path: 'sources/new',
    roles: ['provider'],
    page: load('provide', () => import('../pages/provide/source-form-page.js')),
  },
  {
    path: 'loads',
    name: 'loads',
    group: 'provide',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('provide', () => import('../pages/provide/loads-page.js')),
  },
  { path: 'loads/new', roles: ['provider'], page: load('provide', () => import('../pages/provide/load-file-page.js')) },
  {
    path: 'load',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('provide', () => import('../pages/provide/load-page.js')),
  },
  {
    path: 'aggregation',
    name: 'aggregation',
    group: 'provide',
    page: load('aggregation', () => import('../pages/aggregation/aggregation-page.js')),
  },
  {
    path: 'interfaces',
    page: load('aggregation', () => import('../pages/aggregation/interfaces-page.js')),
  },
  {
    path: 'freshness',
    name: 'freshness',
    group: 'provide',
    page: load('freshness', () => import('../pages/freshness/freshness-page.js')),
  },
  {
    path: 'update-exceptions',
    page: load('freshness', () => import('../pages/freshness/exceptions-page.js')),
  },
  {
    path: 'quality',
    name: 'quality',
    group: 'provide',
    page: load('quality', () => import('../pages/quality/quality-page.js')),
  },
  { path: 'quality-resource', page: load('quality', () => import('../pages/quality/resource-page.js')) },
  {
    path: 'quality-rules',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('quality', () => import('../pages/quality/rules-page.js')),
  },
  {
    path: 'quality-tickets',
    roles: ['provider', 'authority', 'operator', 'auditor'],
    page: load('quality', () => import('../pages/quality/tickets-page.js')),
  },
  {
    path: 'consents',
    name: 'consents',
    group: 'provide',
    roles: ['provider', 'authority', 'auditor'],
    page: load('provide', () => import('../pages/provide/consents-page.js')),
  },
  {
    path: 'board',
    name: 'board',
    group: 'govern',
    roles: ['authority', 'auditor'],
    page: load('govern', () => import('../pages/govern/board-page.js')),
  },
  {
    path: 'departments',
    name: 'departments',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/departments-page.js')),
  },
  {
    path: 'officers',
    name: 'officers',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/officers-page.js')),
  },
  {
    path: 'appointments',
    name: 'appointments',
    group: 'govern',
    roles: ['provider', 'consumer', 'authority'],
    page: load('govern', () => import('../pages/govern/appointments-page.js')),
  },
  {
    path: 'systems',
    name: 'systems',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/systems-page.js')),
  },
  {
    path: 'scenarios',
    name: 'scenarios',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/scenarios-page.js')),
  },
  {
    path: 'synonyms',
    name: 'synonyms',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/synonyms-page.js')),
  },
  {
    path: 'reforms',
    name: 'reforms',
    group: 'govern',
    roles: ['authority', 'auditor'],
    page: load('govern', () => import('../pages/govern/reforms-page.js')),
  },
  { path: 'reform', page: load('govern', () => import('../pages/govern/reform-page.js')) },
  {
    path: 'permits',
    name: 'permits',
    group: 'govern',
    roles: ['authority'],
    page: load('govern', () => import('../pages/govern/permits-page.js')),
  },
  { path: 'uses', name: 'uses', group: 'audit', page: load('audit', () => import('../pages/audit/uses-page.js')) },
  { path: 'use', page: load('audit', () => import('../pages/audit/use-page.js')) },
  { path: 'acts', name: 'acts', group: 'audit', page: load('audit', () => import('../pages/audit/acts-page.js')) },
  {
    path: 'inquiry',
    name: 'inquiry',
    group: 'audit',
    roles: ['citizen-service'],
    page: load('audit', () => import('../pages/audit/inquiry-page.js')),
  },
  {
    path: 'health',
    name: 'health',
    group: 'operate',
    roles: ['operator'],
    page: load('operate', () => import('../pages/operate/health-page.js')),
  },
];
