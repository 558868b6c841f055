// The merchant's screens, under MerchantLayout at /m/:store. Only what has a real screen stands here.
import type { RouteRecordRaw } from 'vue-router'

export const merchantRoutes: RouteRecordRaw[] = []
