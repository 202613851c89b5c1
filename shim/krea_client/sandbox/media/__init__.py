"""The sandbox's results: pictures, videos, sounds and 3D models, drawn from the request and a seed."""
