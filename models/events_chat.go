package models

import "time"

// EventChatTalked is the kind of ChatTalked.
const EventChatTalked = "chat.talked"

// ChatTalked tells that a store's staff answered a member in their conversation. Day is the street's date: a talk counts
// once a day.
type ChatTalked struct {
	ConversationID ID        `json:"conversation_id"`
	MemberID       ID        `json:"member_id"`
	StoreID        ID        `json:"store_id"`
	Day            string    `json:"day"`
	At             time.Time `json:"at"`
}

// EventChatWaiting is the kind of ChatWaiting.
const EventChatWaiting = "chat.waiting"

// ChatWaiting tells that a member's message, sent at Since, has been read by nobody of the store.
type ChatWaiting struct {
	ConversationID ID        `json:"conversation_id"`
	StoreID        ID        `json:"store_id"`
	Since          time.Time `json:"since"`
	At             time.Time `json:"at"`
}

// EventQuestionAnswered is the kind of QuestionAnswered.
const EventQuestionAnswered = "question.answered"

// QuestionAnswered tells that a person has answered what the helper could not. StoreID is whose staff it was; zero: the
// coordinator.
type QuestionAnswered struct {
	QuestionID ID        `json:"question_id"`
	MemberID   ID        `json:"member_id"`
	StoreID    ID        `json:"store_id,omitzero"`
	At         time.Time `json:"at"`
}
