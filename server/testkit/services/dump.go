package services

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"

	"github.com/go-sql-driver/mysql"
)

// Dump is the script that makes a database like the one at dsn, by MariaDB's own program.
func Dump(dsn string) ([]byte, error) {
	return client(dsn, nil, "mariadb-dump", "--skip-comments", "--skip-add-drop-table", "--skip-add-locks", "--skip-disable-keys")
}

// Load runs a script of Dump in the empty database at dsn.
func Load(dsn string, script []byte) error {
	_, err := client(dsn, script, "mariadb")
	return err
}

func client(dsn string, input []byte, program string, flags ...string) ([]byte, error) {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, err
	}
	path, err := find(program, mariaDBPackage)
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(config.Addr)
	if err != nil {
		return nil, err
	}
	arguments := append([]string{"--no-defaults", "--host=" + host, "--port=" + port, "--user=" + config.User}, flags...)
	cmd := exec.Command(path, append(arguments, config.DBName)...)
	cmd.Env = append(os.Environ(), "MYSQL_PWD="+config.Passwd)
	said := &bytes.Buffer{}
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), said
	output, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w; it said:\n%s", program, err, said)
	}
	return output, nil
}
