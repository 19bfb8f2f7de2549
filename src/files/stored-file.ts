import { model, Schema, type Types } from 'mongoose';

/** Something that a file belongs to: the record of a county board, and whether visitors may have the file through it. */
export type FileOwner = { of: Types.ObjectId; authority: string; isPublic: boolean };

/** A file by its content. The same content is stored once, whoever it belongs to. */
export type StoredFile = {
  /** The SHA-256 of its bytes, in hex. */
  _id: string;
  /** What the bytes are, as they say themselves. */
  type: string;
  bytes: Buffer;
  owners: FileOwner[];
  storedAt: Date;
};

const schema = new Schema<StoredFile>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    owners: [
      new Schema<FileOwner>(
        {
          of: { type: Schema.Types.ObjectId, required: true },
          authority: { type: String, required: true },
          isPublic: { type: Boolean, default: false },
        },
        { _id: false },
      ),
    ],
    storedAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ 'owners.of': 1 });

export const FileModel = model<StoredFile>('File', schema, 'files');
