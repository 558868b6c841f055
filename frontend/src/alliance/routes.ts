// The alliance's screens, under AllianceLayout at /a. Only what has a real screen stands here.
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from '@/shared/session/area'

export const allianceRoutes: RouteRecordRaw[] = [
  { path: '', component: () => import('./pages/OverviewPage.vue') },
  { path: 'referrals', component: () => import('./pages/ReferralsPage.vue') },
  { path: 'settlement', component: () => import('./pages/SettlementsPage.vue') },
  { path: 'settlement/:month', component: () => import('./pages/SettlementPage.vue') },
  { path: 'audit', component: () => import('./pages/AuditPage.vue') },
  { path: 'campaigns', component: () => import('./pages/CampaignsPage.vue') },
  { path: 'conduct', component: withWords('moderation', () => import('./pages/ConductPage.vue')) },
  { path: 'helper', component: withWords('helper', () => import('./pages/HelperPage.vue')) },
  { path: 'stores', component: () => import('./pages/StoresPage.vue') },
  { path: 'market', component: () => import('./pages/MarketPage.vue') },
  { path: 'settings', component: () => import('./pages/SettingsPage.vue') },
]
