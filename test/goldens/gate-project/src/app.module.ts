import { Module } from "@nestjs/common";
import { HealthController } from "./controllers/HealthController";
import { MemberAuthController } from "./controllers/MemberAuthController";
import { NotesController } from "./controllers/NotesController";

@Module({ controllers: [HealthController, MemberAuthController, NotesController] })
export class AppModule {}
