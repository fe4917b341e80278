-- Range
ALTER TABLE "lib_copies" ADD CONSTRAINT "lib_copies_price_range" CHECK ("price" >= 0);

-- Range
ALTER TABLE "lib_loans" ADD CONSTRAINT "lib_loans_price_range" CHECK ("price" >= 0);

-- Range
ALTER TABLE "lib_reviews" ADD CONSTRAINT "lib_reviews_stars_range" CHECK ("stars" >= 1 AND "stars" <= 5);

-- Unique
CREATE UNIQUE INDEX "lib_books_isbn_key" ON "lib_books" ("isbn") WHERE "deleted_at" IS NULL;
