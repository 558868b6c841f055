package calendar

import "gorm.io/gorm"

// SignUpIn signs up in a transaction of the test's own: what a sign-up costs that shares its commit with nobody.
func (s *Service) SignUpIn(tx *gorm.DB, in SignUp) error {
	answers, err := s.signUpAll(tx, []SignUp{in})
	if err != nil {
		return err
	}
	return answers[0].Err
}
