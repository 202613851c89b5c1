use strict;
use warnings;
use HTTP::Tiny;

my %headers = ("Authorization" => "Bearer t", "Content-Type" => "application/json");
my $response = HTTP::Tiny->new->post("https://api.krea.ai/generate/image/z-image/z-image", { content => '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}', headers => \%headers });
print $response->{status}, "\n";
