// The counter's screens, under MerchantLayout at /m/:store. `meta.roles` narrows who sees them.
import type { RouteRecordRaw } from 'vue-router'

export const merchantRoutes: RouteRecordRaw[] = [
  { path: '', component: () => import('./pages/DeskPage.vue') },
  { path: 'scan', component: () => import('./pages/ScanPage.vue'), meta: { bare: true } },
]
