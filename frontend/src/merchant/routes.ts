// The counter's screens, under MerchantLayout at /m/:store. `meta.roles` narrows who sees them; `meta.street` stands for
// the street itself too, whose id is where a store's would be.
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from '@/shared/session/area'

export const merchantRoutes: RouteRecordRaw[] = [
  { path: '', component: () => import('./pages/DeskPage.vue') },
  { path: 'coupons', component: () => import('./pages/CouponsPage.vue') },
  { path: 'coupons/new', component: () => import('./pages/CampaignFormPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'coupons/:campaign', component: () => import('./pages/CampaignPage.vue'), meta: { bare: true } },
  { path: 'coupons/:campaign/send', component: () => import('./pages/SendPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'coupons/:campaign/batches/:batch/print', component: () => import('./pages/CardsPrintPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'coupons/:campaign/edit', component: () => import('./pages/CampaignFormPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'events', component: () => import('./pages/EventsPage.vue'), meta: { street: true } },
  { path: 'events/new', component: () => import('./pages/EventFormPage.vue'), meta: { bare: true, street: true, roles: ['owner', 'manager'] } },
  { path: 'events/import', component: () => import('./pages/CalendarImportPage.vue'), meta: { bare: true, street: true, roles: ['owner', 'manager'] } },
  { path: 'events/:occurrence', component: () => import('./pages/EventPage.vue'), meta: { bare: true, street: true } },
  { path: 'events/:occurrence/edit', component: () => import('./pages/EventFormPage.vue'), meta: { bare: true, street: true, roles: ['owner', 'manager'] } },
  { path: 'chats', component: withWords('chat', () => import('./pages/ChatsPage.vue')), meta: { bare: true } },
  { path: 'chats/:member', component: withWords('chat', () => import('./pages/ChatsPage.vue')), meta: { bare: true } },
  { path: 'customers', component: () => import('./pages/CustomersPage.vue') },
  { path: 'import', component: () => import('./pages/ImportPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'ledger', component: () => import('./pages/LedgerPage.vue'), meta: { roles: ['owner', 'manager'] } },
  { path: 'settlements/:month', component: () => import('./pages/StatementPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'settlements/:month/print', component: () => import('./pages/StatementPrintPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'store', component: () => import('./pages/StorePage.vue') },
  { path: 'poster', component: () => import('./pages/PosterPage.vue'), meta: { bare: true } },
  { path: 'plan', component: () => import('./pages/PlanPage.vue'), meta: { bare: true } },
  { path: 'screens', component: () => import('./pages/ScreensPage.vue'), meta: { bare: true } },
  { path: 'redemptions', component: () => import('./pages/RedemptionsPage.vue'), meta: { bare: true } },
  { path: 'helper', component: withWords('helper', () => import('./pages/HelperPage.vue')), meta: { bare: true } },
  { path: 'scan', component: () => import('./pages/ScanPage.vue'), meta: { bare: true } },
]
