// The functions of mapcalls.go have no bodies here.
