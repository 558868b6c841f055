package models

import "fmt"

// CNY is the only currency of the street: amounts are in fen, its hundredth.
const CNY = "CNY"

// Money is an amount as the API shows it. Amount is in fen (hundredths of a yuan) and may be negative.
type Money struct {
	Amount   int64  `json:"amount" doc:"whole fen (1/100 yuan)"`
	Currency string `json:"currency" enum:"CNY" default:"CNY" required:"false"`
}

// Fen wraps an amount of fen for the API.
func Fen(amount int64) Money { return Money{Amount: amount, Currency: CNY} }

// Yuan writes an amount of fen as yuan with two decimals and a true minus sign, such as "−1.06".
func Yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "−", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

// Decimal writes an amount of fen as yuan for machines: "-1.06".
func Decimal(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

// BasisPoints is a share in ten-thousandths: 10,000 is the whole.
const BasisPoints = 10_000

// Portion is bps ten-thousandths of amount fen, rounded half up; both must be zero or positive.
func Portion(amount int64, bps int64) int64 {
	whole, rest := amount/BasisPoints, amount%BasisPoints
	return whole*bps + (rest*bps+BasisPoints/2)/BasisPoints
}

// Charge is an amount as people send it: like Money, but never negative and at most a million yuan.
type Charge struct {
	Amount   int64  `json:"amount" minimum:"0" maximum:"100000000" doc:"whole fen (1/100 yuan)"`
	Currency string `json:"currency" enum:"CNY" default:"CNY" required:"false"`
}
