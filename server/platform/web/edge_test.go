package web

import (
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/assert"
)

func TestTheEdgesOwnRefusalsKeepTheirStatus(t *testing.T) {
	for _, status := range []int{
		http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusRequestTimeout,
		http.StatusRequestEntityTooLarge, http.StatusTooManyRequests, http.StatusInternalServerError,
	} {
		assert.Equal(t, status, NewProblem(t.Context(), edgeError(fiber.NewError(status))).Status)
	}
}
