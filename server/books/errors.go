package books

import "onestreet/models"

var errRunning = models.Fail(models.Conflict, "audit_running", "正在查账，查完再来一遍", "An audit is running; ask again when it is done.")
