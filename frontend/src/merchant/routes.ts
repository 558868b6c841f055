// The counter's screens, under MerchantLayout at /m/:store. `meta.roles` narrows who sees them.
import type { RouteRecordRaw } from 'vue-router'

export const merchantRoutes: RouteRecordRaw[] = [
  { path: '', component: () => import('./pages/DeskPage.vue') },
  { path: 'coupons', component: () => import('./pages/CouponsPage.vue') },
  { path: 'coupons/new', component: () => import('./pages/CampaignFormPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'coupons/:campaign', component: () => import('./pages/CampaignPage.vue'), meta: { bare: true } },
  { path: 'coupons/:campaign/edit', component: () => import('./pages/CampaignFormPage.vue'), meta: { bare: true, roles: ['owner', 'manager'] } },
  { path: 'scan', component: () => import('./pages/ScanPage.vue'), meta: { bare: true } },
]
