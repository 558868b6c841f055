package models

var _ = table(&CampaignVeil{})

// CampaignVeil is what a private send has given out of a campaign under one version on one day, and how many coupons more it
// holds back: never given to anybody, and counted with the others wherever they are counted. So stock, claims and days fall
// by a whole number of Ks, and nobody who looks before and after a send can subtract whom it reached.
type CampaignVeil struct {
	SendID     ID     `gorm:"primaryKey"`
	Version    int64  `gorm:"primaryKey;autoIncrement:false"`
	Day        string `gorm:"primaryKey"` // of the street
	CampaignID ID
	AllianceID ID
	Given      int64
	N          int64
}

// TableName implements gorm's Tabler.
func (CampaignVeil) TableName() string { return "campaign_veils" }

// VeilOver is how many coupons lie over so many that were given (0 …): 1 to k, and with them the next whole number of Ks after
// the one that a store is told. Even nobody has k, or a send that reached nobody would show.
func VeilOver(given, k int64) int64 { return k - given%k }
