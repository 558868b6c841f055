package screen

import "onestreet/models"

// Errors of screens.
var (
	ErrOff  = models.Fail(models.Gone, "screen_off", "这块屏已经停用了，请店里重新开一块", "This screen was switched off. Ask the store for another.")
	ErrName = models.Fail(models.Invalid, "screen_name", "给屏起个名字，最多 %d 个字", "Give the screen a name of %d characters at most.")
	ErrMany = models.Fail(models.Conflict, "screens_many", "一家店最多 %d 块屏，先停掉一块", "A store has %d screens at most. Switch one off first.")
)
