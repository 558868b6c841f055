-- +goose Up
-- A street's posts by time, whatever their feed: a search for what is in every few of them walks down here.
CREATE INDEX posts_time ON posts (alliance_id, id);

-- +goose Down
DROP INDEX posts_time ON posts;
