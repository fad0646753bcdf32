<?php
/** Requests from the store to its own address. PHP has no network, so the process that serves the store answers. */
namespace Shopyard\Loopback;

use WpOrg\Requests\Exception\Transport as Failure;
use WpOrg\Requests\Transport;

add_action('requests-requests.before_request', function (&$url, &$headers, &$data, &$type, &$options) {
    if (is_own($url)) {
        $options['transport'] = transport();
    }
}, 10, 5);

function is_own(string $url): bool
{
    foreach ([home_url(), site_url()] as $own) {
        if (origin($own) === origin($url)) {
            return true;
        }
    }
    return false;
}

function origin(string $url): string
{
    $parts = parse_url($url) ?: [];
    $scheme = strtolower($parts['scheme'] ?? '');
    return $scheme . '://' . strtolower($parts['host'] ?? '') . ':' . ($parts['port'] ?? ($scheme === 'https' ? 443 : 80));
}

/** As WordPress talks to cURL: it makes the request, and reads the answer, itself. */
function transport(): Transport
{
    return new class implements Transport {
        public function request($url, $headers = [], $data = [], $options = [])
        {
            $type = strtoupper($options['type'] ?? 'GET');
            if (($options['data_format'] ?? '') === 'query' && $data) {
                $query = is_array($data) ? http_build_query($data, '', '&') : $data;
                $url .= (str_contains($url, '?') ? '&' : '?') . $query;
                $data = '';
            }
            if (is_array($data)) {
                $data = http_build_query($data, '', '&');
                $headers += $data === '' ? [] : ['Content-Type' => 'application/x-www-form-urlencoded; charset=UTF-8'];
            }
            $parts = parse_url($url);
            $headers['Host'] = $parts['host'] . (isset($parts['port']) ? ":{$parts['port']}" : '');
            if ($parts['scheme'] === 'https') {
                $headers['X-Forwarded-Proto'] = 'https';
            }
            $answer = json_decode(post_message_to_js(json_encode([
                'method' => $type,
                'url' => ($parts['path'] ?? '/') . (isset($parts['query']) ? "?{$parts['query']}" : ''),
                'headers' => array_map('strval', $headers),
                'body' => base64_encode((string) $data),
                'waits' => (bool) ($options['blocking'] ?? true),
            ], JSON_INVALID_UTF8_SUBSTITUTE)), true);
            if (!isset($answer['status'])) {
                throw new Failure($answer['error'] ?? 'The store did not answer itself.', 'loopback');
            }
            $head = "HTTP/1.1 {$answer['status']} " . get_status_header_desc($answer['status']) . "\r\n";
            foreach ($answer['headers'] as $name => $values) {
                foreach ($values as $value) {
                    $head .= "$name: $value\r\n";
                }
            }
            $body = substr(base64_decode($answer['body']), 0, $options['max_bytes'] ?: null);
            if ($options['filename'] ?? false) {
                file_put_contents($options['filename'], $body);
                return "$head\r\n";
            }
            return "$head\r\n$body";
        }

        public function request_multiple($requests, $options)
        {
            return array_map(function (array $request) use ($options) {
                try {
                    return $this->request($request['url'], $request['headers'], $request['data'], $request['options'] + $options);
                } catch (Failure $failure) {
                    return $failure;
                }
            }, $requests);
        }

        public static function test($capabilities = [])
        {
            return true;
        }
    };
}

/** What Site Health would call a fault is how an embedded store is made: it says that, and asks wordpress.org for nothing. */
// After WooCommerce has added its own.
add_filter('site_status_tests', function (array $tests): array {
    unset($tests['direct']['http_requests'], $tests['async']['dotorg_communication'], $tests['async']['background_updates']);
    // It times pages of the second PHP, which compiles WordPress while it answers: that says nothing of what customers wait for.
    unset($tests['async']['page_cache']);
    if (str_ends_with('.' . parse_url(home_url(), PHP_URL_HOST), '.localhost')) {
        // No request leaves this machine, with or without TLS.
        unset($tests['direct']['woocommerce_secure_connection']);
    }
    $tests['direct']['shopyard_network'] = [
        'label' => 'Network',
        'test' => fn(): array => [
            'label' => 'This store has no network',
            'status' => 'recommended',
            'badge' => ['label' => 'Shopyard', 'color' => 'blue'],
            'description' => '<p>An embedded store reaches nothing but itself: WordPress.org is not asked for updates, and its code comes with Shopyard.</p>',
            'actions' => '',
            'test' => 'shopyard_network',
        ],
    ];
    return $tests;
}, PHP_INT_MAX);
