package models

import (
	"fmt"
	"math"
	"strconv"
)

const (
	signPaper = "#FFF6E6" // what a sign's letters are painted in
	readable  = 4.5       // contrast of letters to their ground (WCAG 2.2, 1.4.3)
)

// ReadableSign tells whether cream letters can be read on a sign of this colour (#RRGGBB).
func ReadableSign(color string) bool {
	sign, ok := luminance(color)
	paper, _ := luminance(signPaper)
	return ok && (paper+0.05)/(sign+0.05) >= readable
}

// NightColor is the colour of a sign at night: a quarter darker.
func NightColor(color string) string {
	rgb, ok := channels(color)
	if !ok {
		return color
	}
	return fmt.Sprintf("#%02X%02X%02X", rgb[0]*3/4, rgb[1]*3/4, rgb[2]*3/4)
}

func channels(color string) (rgb [3]int, ok bool) {
	if len(color) != 7 || color[0] != '#' {
		return rgb, false
	}
	for i := range rgb {
		n, err := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return rgb, false
		}
		rgb[i] = int(n)
	}
	return rgb, true
}

// luminance is the relative luminance of sRGB (WCAG 2.2). A colour is no money: floats are right here.
func luminance(color string) (float64, bool) {
	rgb, ok := channels(color)
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	sum := 0.0
	for i, c := range rgb {
		sum += weights[i] * linear(float64(c)/255)
	}
	return sum, ok
}

func linear(c float64) float64 {
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
