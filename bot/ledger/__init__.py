"""The books: pictures, charges, holds, votes, and the one condition that keeps an open blind test out of every sum."""
