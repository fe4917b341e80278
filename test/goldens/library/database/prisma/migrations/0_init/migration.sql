-- CreateEnum
CREATE TYPE "lib_copy_condition_enum" AS ENUM ('fresh', 'worn', 'damaged');

-- CreateEnum
CREATE TYPE "lib_loan_status_enum" AS ENUM ('active', 'returned', 'lost');

-- CreateTable
CREATE TABLE "lib_readers" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "password_hash" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_readers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_reader_sessions" (
    "id" UUID NOT NULL,
    "reader_id" UUID NOT NULL,
    "refresh_hash" VARCHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_reader_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_librarians" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "password_hash" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_librarians_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_librarian_sessions" (
    "id" UUID NOT NULL,
    "librarian_id" UUID NOT NULL,
    "refresh_hash" VARCHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_librarian_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_books" (
    "id" UUID NOT NULL,
    "sequel_of_id" UUID,
    "title" VARCHAR(200) NOT NULL,
    "isbn" VARCHAR(17) NOT NULL,
    "summary" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_books_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_copies" (
    "id" UUID NOT NULL,
    "book_id" UUID NOT NULL,
    "shelf" VARCHAR(20) NOT NULL,
    "condition" "lib_copy_condition_enum" NOT NULL,
    "price" DECIMAL(18,4) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_copies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_subjects" (
    "id" UUID NOT NULL,
    "label" VARCHAR(60) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_subjects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_loans" (
    "id" UUID NOT NULL,
    "borrower_id" UUID NOT NULL,
    "copy_id" UUID NOT NULL,
    "due" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "price" DECIMAL(18,4) NOT NULL,
    "returned_at" TIMESTAMPTZ(3),
    "status" "lib_loan_status_enum" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_loans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_loan_notes" (
    "id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_loan_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_reviews" (
    "id" UUID NOT NULL,
    "book_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "stars" INTEGER NOT NULL,
    "opinion" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lib_cards" (
    "id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "nickname" VARCHAR(40) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lib_cards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_lib_books_subjects" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_lib_books_subjects_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "lib_readers_email_key" ON "lib_readers"("email");

-- CreateIndex
CREATE INDEX "lib_reader_sessions_reader_id_idx" ON "lib_reader_sessions"("reader_id");

-- CreateIndex
CREATE UNIQUE INDEX "lib_librarians_email_key" ON "lib_librarians"("email");

-- CreateIndex
CREATE INDEX "lib_librarian_sessions_librarian_id_idx" ON "lib_librarian_sessions"("librarian_id");

-- CreateIndex
CREATE INDEX "lib_books_sequel_of_id_idx" ON "lib_books"("sequel_of_id");

-- CreateIndex
CREATE UNIQUE INDEX "lib_books_isbn_key" ON "lib_books"("isbn");

-- CreateIndex
CREATE INDEX "lib_copies_book_id_idx" ON "lib_copies"("book_id");

-- CreateIndex
CREATE UNIQUE INDEX "lib_subjects_label_key" ON "lib_subjects"("label");

-- CreateIndex
CREATE INDEX "lib_loans_borrower_id_idx" ON "lib_loans"("borrower_id");

-- CreateIndex
CREATE INDEX "lib_loans_copy_id_idx" ON "lib_loans"("copy_id");

-- CreateIndex
CREATE INDEX "lib_loan_notes_loan_id_idx" ON "lib_loan_notes"("loan_id");

-- CreateIndex
CREATE INDEX "lib_reviews_book_id_idx" ON "lib_reviews"("book_id");

-- CreateIndex
CREATE INDEX "lib_reviews_reviewer_id_idx" ON "lib_reviews"("reviewer_id");

-- CreateIndex
CREATE UNIQUE INDEX "lib_reviews_book_id_reviewer_id_key" ON "lib_reviews"("book_id", "reviewer_id");

-- CreateIndex
CREATE UNIQUE INDEX "lib_cards_holder_id_key" ON "lib_cards"("holder_id");

-- CreateIndex
CREATE INDEX "_lib_books_subjects_B_index" ON "_lib_books_subjects"("B");

-- AddForeignKey
ALTER TABLE "lib_reader_sessions" ADD CONSTRAINT "lib_reader_sessions_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "lib_readers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_librarian_sessions" ADD CONSTRAINT "lib_librarian_sessions_librarian_id_fkey" FOREIGN KEY ("librarian_id") REFERENCES "lib_librarians"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_books" ADD CONSTRAINT "lib_books_sequel_of_id_fkey" FOREIGN KEY ("sequel_of_id") REFERENCES "lib_books"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_copies" ADD CONSTRAINT "lib_copies_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "lib_books"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_loans" ADD CONSTRAINT "lib_loans_borrower_id_fkey" FOREIGN KEY ("borrower_id") REFERENCES "lib_readers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_loans" ADD CONSTRAINT "lib_loans_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "lib_copies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_loan_notes" ADD CONSTRAINT "lib_loan_notes_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "lib_loans"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_reviews" ADD CONSTRAINT "lib_reviews_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "lib_books"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_reviews" ADD CONSTRAINT "lib_reviews_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "lib_readers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lib_cards" ADD CONSTRAINT "lib_cards_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "lib_readers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_lib_books_subjects" ADD CONSTRAINT "_lib_books_subjects_A_fkey" FOREIGN KEY ("A") REFERENCES "lib_books"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_lib_books_subjects" ADD CONSTRAINT "_lib_books_subjects_B_fkey" FOREIGN KEY ("B") REFERENCES "lib_subjects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Range
ALTER TABLE "lib_copies" ADD CONSTRAINT "lib_copies_price_range" CHECK ("price" >= 0);

-- Range
ALTER TABLE "lib_loans" ADD CONSTRAINT "lib_loans_price_range" CHECK ("price" >= 0);

-- Range
ALTER TABLE "lib_reviews" ADD CONSTRAINT "lib_reviews_stars_range" CHECK ("stars" >= 1 AND "stars" <= 5);
