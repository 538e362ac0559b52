<?php
// Hashes that PHP and WordPress make: kind, maker and hash, separated by tabs. Called by make.py.

$password = $argv[1];
$wordpress = getenv('WORDPRESS');
$row = fn ($kind, $made_by, $hash) => print "$kind\t$made_by\t$hash\n";
$php = 'PHP ' . PHP_VERSION;

$row('php bcrypt', $php, password_hash($password, PASSWORD_BCRYPT, ['cost' => 10]));
$row('php bcrypt 2x', $php, crypt($password, '$2x$10$abcdefghijklmnopqrstuu'));
$row('php sha256-crypt', $php, crypt($password, '$5$saltstring$'));
$row('php sha512-crypt', $php, crypt($password, '$6$rounds=6000$saltstring$'));
if (defined('PASSWORD_ARGON2I')) {
    $cost = ['memory_cost' => 19456, 'time_cost' => 2, 'threads' => 1];
    $row('php argon2i', $php, password_hash($password, PASSWORD_ARGON2I, $cost));
    $cost = ['memory_cost' => 40960, 'time_cost' => 1, 'threads' => 1];
    $row('php argon2id', $php, password_hash($password, PASSWORD_ARGON2ID, $cost));
}

// WordPress before 6.8, with its own file.
require "$wordpress/version.php";
require "$wordpress/class-phpass.php";
$row('wordpress phpass', "WordPress $wp_version", (new PasswordHash(8, true))->HashPassword(trim($password)));
// WordPress 6.8, as its `wp_hash_password` is documented.
$digest = base64_encode(hash_hmac('sha384', trim(" $password\n"), 'wp-sha384', true));
$row('wordpress bcrypt', $php, '$wp' . password_hash($digest, PASSWORD_BCRYPT, ['cost' => 10]));
