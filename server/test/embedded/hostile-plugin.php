<?php
/** What PHP of one store could try: laid into its volume by a test, which asks it with `?attack=` and targets as JSON. */
if (!isset($_GET['attack'])) {
    return;
}
error_reporting(0);
['ports' => $ports, 'sockets' => $sockets, 'paths' => $paths] = json_decode($_GET['attack'], true);
$attempts = [];

$code = [
    '/var/www/html/index.php',
    '/var/www/html/wp-includes/version.php',
    '/var/www/html/wp-content/plugins/woocommerce/woocommerce.php',
    '/var/www/sqlite/load.php',
];
foreach ($code as $file) {
    $folder = dirname($file);
    $attempts["write $file"] = fn() => file_put_contents($file, '<?php');
    $attempts["append $file"] = fn() => file_put_contents($file, '//', FILE_APPEND);
    $attempts["open $file"] = fn() => fopen($file, 'r+');
    $attempts["unlink $file"] = fn() => unlink($file);
    $attempts["rename $file"] = fn() => rename($file, "$file.old");
    $attempts["chmod $file"] = fn() => chmod($file, 0777);
    $attempts["touch $file"] = fn() => touch($file);
    $attempts["add in $folder"] = fn() => file_put_contents("$folder/own.php", '<?php');
    $attempts["folder in $folder"] = fn() => mkdir("$folder/own");
    $attempts["link in $folder"] = fn() => symlink('/var/www/mail', "$folder/link");
}
foreach ($ports as $port) {
    $attempts["fsockopen $port"] = fn() => fsockopen('127.0.0.1', $port, $number, $text, 1);
    $attempts["stream $port"] = fn() => stream_socket_client("tcp://localhost:$port", $number, $text, 1);
    $attempts["http $port"] = fn() => file_get_contents("http://127.0.0.1:$port/");
    $attempts["curl $port"] = fn() => curl_exec(curl_init("http://127.0.0.1:$port/"));
}
foreach ($sockets as $socket) {
    $attempts["socket $socket"] = fn() => stream_socket_client("unix://$socket", $number, $text, 1);
    $attempts["fsockopen $socket"] = fn() => fsockopen("unix://$socket", -1, $number, $text, 1);
    $attempts["curl $socket"] = function () use ($socket) {
        $curl = curl_init('http://localhost/');
        curl_setopt($curl, CURLOPT_UNIX_SOCKET_PATH, $socket);
        return curl_exec($curl);
    };
}
foreach ($paths as $index => $path) {
    $link = "/var/www/html/wp-content/link-$index";
    $attempts["read $path"] = fn() => file_get_contents($path) ?: scandir($path);
    $attempts["link to $path"] = fn() => symlink($path, $link) ?: lstat($link);
}
foreach (['tcp://127.0.0.1:0', 'udp://127.0.0.1:0'] as $address) {
    $attempts["listen $address"] = fn() => stream_socket_server($address, $number, $text, STREAM_SERVER_BIND);
}

$succeeded = array_keys(array_filter($attempts, fn($attempt) => (bool) $attempt()));
exit(json_encode(['tried' => count($attempts), 'succeeded' => $succeeded]));
